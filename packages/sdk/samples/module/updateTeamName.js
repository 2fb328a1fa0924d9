// Renames a team.
var nim = api.require('nim');

nim.updateTeamName({ teamId: '64430396', teamName: 'Tea and code' }, function (ret, err) {
  console.log(ret ? 'Renamed' : err.errorMessage);
});
