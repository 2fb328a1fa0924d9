// Leaves a team for good.
var nim = api.require('nim');

nim.quitTeam({ teamId: '64430396' }, function (ret, err) {
  if (ret) console.log('You have left the team');
  else console.error(err.errorCode === 802 ? 'Hand the team over first' : err.errorMessage);
});
