// The page "My teams".
var nim = api.require('nim');

nim.allMyTeams(function (ret, err) {
  if (err) return console.error(err.errorMessage);
  ret.teams.forEach(function (team) {
    console.log(`${team.teamName}: ${team.memberNumber} members, owner ${team.owner}`);
  });
});
