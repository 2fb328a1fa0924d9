// The page "My teams".
var nim = api.require("nim");

nim.allMyTeams((ret, err) => {
  if (err) return console.error(err.errorMessage);
  ret.teams.forEach((team) => {
    console.log(team.teamName + ": " + team.memberNumber + " members, owner " + team.owner);
  });
});
