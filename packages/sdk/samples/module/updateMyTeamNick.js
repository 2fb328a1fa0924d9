// Changes one's own name in one team.
var nim = api.require('nim');

nim.updateMyTeamNick({ teamId: '64430396', newNick: 'Ann (first floor)' }, function (ret, err) {
  console.log(ret ? 'This team calls you so now' : err.errorMessage);
});
