// The creator of a chat room makes a user its manager.
var nim = api.require('nim');

nim.setAdmin({ roomId: '3002', userId: '1002', isAdmin: true }, function (ret, err) {
  console.log(ret ? 'A manager now' : err.errorMessage);
});
