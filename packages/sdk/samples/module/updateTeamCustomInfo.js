// Keeps the app's own settings of a team with the team.
var nim = api.require('nim');
var settings = { theme: 'green', pinned: ['minutes'] };

var change = { teamId: '64430396', clientCustomInfo: JSON.stringify(settings) };
nim.updateTeamCustomInfo(change, function (ret, err) {
  console.log(ret ? 'Saved for all members' : err.errorMessage);
});
