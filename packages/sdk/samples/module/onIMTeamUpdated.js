// Keeps the head of a team chat up to date.
var nim = api.require('nim');

nim.onIMTeamUpdated(function (team) {
  console.log(`${team.teamName} (${team.memberNumber} of ${team.level} members)`);
  console.log(`Latest notice: ${team.announcement}`);
});
