// Ends a friendship.
var nim = api.require('nim');

nim.deleteFriend({ userId: '1002' }, function (ret, err) {
  console.log(ret ? 'No longer friends' : err.errorMessage);
});
