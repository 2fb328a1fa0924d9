// The owner takes the rights of a manager back.
var nim = api.require('nim');

nim.removeManagersFromTeam({ teamId: '64430396', users: ['1002'] }, function (ret, err) {
  console.log(ret ? 'A normal member again' : err.errorMessage);
});
