// Turns the light of the camera on during a video call.
var nim = api.require('nim');

nim.onCallCallEstablished(function () {
  nim.switchCallCameraFlash(function (ret, err) {
    console.log(ret ? 'Light switched' : err.errorMessage);
  });
});

var frames = { remoteRect: { x: 0, y: 0, w: 360, h: 640 }, localRect: { x: 240, y: 20, w: 100, h: 140 } };
nim.initCallRemoteView(frames, function () {
  nim.startCall({ type: 2, callees: ['1002'] });
});
