// Makes room for both pictures before a video call.
var nim = api.require('nim');

nim.initCallRemoteView(
  {
    remoteRect: { x: 0, y: 0, w: 360, h: 640 },
    localRect: { x: 240, y: 20, w: 100, h: 140 },
    fixed: true,
  },
  function (ret, err) {
    console.log(ret ? 'Ready for a video call' : err.errorMessage);
  },
);
