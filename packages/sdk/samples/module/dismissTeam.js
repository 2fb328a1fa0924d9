// The owner ends a team.
var nim = api.require('nim');

nim.dismissTeam({ teamId: '64430396' }, function (ret, err) {
  console.log(ret ? 'The team is no more' : err.errorMessage);
});
