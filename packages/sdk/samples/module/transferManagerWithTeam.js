// Hands a team over to another member and stays in it.
var nim = api.require('nim');

nim.transferManagerWithTeam({ teamId: '64430396', newOwnerId: '1002', isLeave: false }, function (ret, err) {
  if (ret) console.log('1002 is the owner now');
  else console.error(err.errorMessage);
});
