// A manager corrects the name of a member.
var nim = api.require('nim');

nim.updateUserNick({ teamId: '64430396', userId: '1002', newNick: 'Ben (kitchen)' }, function (ret, err) {
  console.log(ret ? 'Renamed' : err.errorMessage);
});
