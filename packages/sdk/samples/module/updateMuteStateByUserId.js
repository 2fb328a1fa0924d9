// A manager takes a member's voice for a while.
var nim = api.require('nim');

nim.updateMuteStateByUserId({ teamId: '64430396', userId: '1003', mute: true }, function (ret, err) {
  console.log(ret ? '1003 may only read' : err.errorMessage);
});
