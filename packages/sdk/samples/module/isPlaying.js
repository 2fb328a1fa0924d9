// A voice message that is tapped: asks whether something plays before it starts.
var nim = api.require('nim');

nim.isPlaying(function (ret) {
  console.log(ret.status ? 'Wait for the end of the other one' : 'Ready to play');
});
