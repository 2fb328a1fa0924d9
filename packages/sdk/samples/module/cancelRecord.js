// The finger slides up while it talks: the recording is thrown away.
var nim = api.require('nim');

function slidUp() {
  nim.cancelRecord(function (ret, err) {
    console.log(ret ? 'Nothing will be sent' : err.errorMessage);
  });
}

nim.recordAudioForDuration({ duration: 60 }, function (ret) {
  if (ret && ret.evenType === 'start') slidUp();
});
