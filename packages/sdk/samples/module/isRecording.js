// Keeps the record button from being pressed twice.
var nim = api.require('nim');

nim.isRecording(function (ret) {
  console.log(ret.status ? 'Release to send' : 'Hold to talk');
});
