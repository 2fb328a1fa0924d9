// Only the owner and the managers may speak in the team for now.
var nim = api.require('nim');

nim.updateMuteStateByAll({ teamId: '64430396', mute: true }, function (ret, err) {
  console.log(ret ? 'Silence, please' : err.errorMessage);
});
