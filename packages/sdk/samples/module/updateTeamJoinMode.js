// Lets anybody join a team without being asked.
var nim = api.require('nim');
var ANYBODY = 0;

nim.updateTeamJoinMode({ teamId: '64430396', joinMode: ANYBODY }, function (ret, err) {
  console.log(ret ? 'The door is open' : err.errorMessage);
});
