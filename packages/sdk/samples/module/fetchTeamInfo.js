// Looks up a team before the user asks to join it.
var nim = api.require('nim');

nim.fetchTeamInfo({ teamId: '64430400' }, function (ret, err) {
  if (err) {
    console.error(err.errorCode === 803 ? 'There is no such team' : err.errorMessage);
    return;
  }
  var team = ret.message[0];
  var ways = ['everybody may join', 'joining needs consent', 'nobody may join'];
  console.log(`${team.teamName}: ${ways[team.joinMode]}`);
});
