// The microphone button of a call.
var nim = api.require('nim');

function setMuted(muted) {
  nim.setCallMute({ mute: muted }, function (ret, err) {
    console.log(ret ? `Muted: ${muted}` : err.errorMessage);
  });
}

nim.onCallCallEstablished(function () {
  setMuted(true);
});

nim.startCall({ type: 1, callees: ['1002'] });
