// Chooses what the button on a user's card says.
var nim = api.require('nim');

nim.isUserInBlackList({ userId: '1005' }, function (ret, err) {
  if (err) console.error(err.errorMessage);
  else console.log(ret.status ? 'Unblock' : 'Block');
});
