// Closes the chat of a team that the user is no longer in.
var nim = api.require('nim');
var openTeam = '64430396';

nim.onIMTeamRemoved(function (team) {
  console.log(`You are no longer in ${team.teamName}`);
  if (team.teamId === openTeam) console.log('Back to the list of conversations');
});
