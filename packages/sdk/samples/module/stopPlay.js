// Stops a voice message as soon as the user taps it again.
var nim = api.require('nim');

function tappedAgain() {
  nim.stopPlay(function (ret, err) {
    console.log(ret ? 'Silence' : err.errorMessage);
  });
}

nim.playAudio({ filePath: 'fs://voice/hello.wav' }, function (ret) {
  if (ret && ret.evenType === 'start') tappedAgain();
});
