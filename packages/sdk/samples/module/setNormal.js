// Makes a guest of a chat room a member.
var nim = api.require('nim');

nim.setNormal({ roomId: '3002', userId: '1002', isNormal: true }, function (ret, err) {
  console.log(ret ? 'A member now' : err.errorMessage);
});
