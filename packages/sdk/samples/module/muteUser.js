// Takes a user's voice in a chat room.
var nim = api.require('nim');

nim.muteUser({ roomId: '3002', userId: '1002', isMute: true }, function (ret, err) {
  console.log(ret ? 'May only read now' : err.errorMessage);
});
