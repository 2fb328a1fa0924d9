// The finger is lifted: the recording ends and is kept.
var nim = api.require('nim');

function fingerLifted() {
  nim.stopRecord(function (ret, err) {
    if (err) console.error(err.errorMessage);
  });
}

nim.recordAudioForDuration({ duration: 60 }, function (ret) {
  if (ret && ret.evenType === 'start') fingerLifted();
  if (ret && ret.evenType === 'success') console.log(`Ready to send: ${ret.filePath}`);
});
