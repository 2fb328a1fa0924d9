// The head of a team chat, from what the phone knows already.
var nim = api.require('nim');

nim.teamById({ teamId: '64430396' }, function (ret, err) {
  if (err) return console.error(err.errorMessage);
  var team = ret.message[0];
  console.log(`${team.teamName} | ${team.intro}`);
});
