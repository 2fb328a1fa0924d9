// Plays a voice message and moves its little loudspeaker while it sounds.
var nim = api.require('nim');

nim.playAudio({ filePath: 'fs://voice/hello.wav' }, function (ret, err) {
  if (err) return console.error(`Cannot be played: ${err.errorMessage}`);
  if (ret.evenType === 'start') console.log('Animation on');
  if (ret.evenType === 'end') console.log('Animation off');
});
