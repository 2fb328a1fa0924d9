// The owner makes two members managers.
var nim = api.require('nim');

nim.addManagersToTeam({ teamId: '64430396', users: ['1002', '1003'] }, function (ret, err) {
  console.log(ret ? 'They may help you now' : err.errorMessage);
});
