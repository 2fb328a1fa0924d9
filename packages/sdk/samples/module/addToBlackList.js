// Blocks a user, whose messages no longer arrive.
var nim = api.require('nim');

nim.addToBlackList({ userId: '1003' }, function (ret, err) {
  console.log(ret ? 'Blocked' : err.errorMessage);
});
