// Bans a user from a chat room.
var nim = api.require('nim');

nim.addUserToBlackList({ roomId: '3002', userId: '1002', isAdd: true }, function (ret, err) {
  console.log(ret ? 'Out, and may not come back' : err.errorMessage);
});
