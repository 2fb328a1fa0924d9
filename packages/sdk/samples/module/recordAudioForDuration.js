// Hold to talk: records for at most ten seconds and gives the file.
var nim = api.require('nim');

nim.recordAudioForDuration({ duration: 10 }, function (ret, err) {
  if (err) return console.error(`No recording: ${err.errorMessage}`);
  switch (ret.evenType) {
    case 'start':
      console.log('Listening …');
      break;
    case 'success':
      console.log(`Recorded: ${ret.filePath}`);
      break;
    default:
      console.log('Thrown away');
  }
});
