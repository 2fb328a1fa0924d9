// Puts a user out of a chat room; he may come back.
var nim = api.require('nim');

var target = { roomId: '3002', userId: '1002', reason: 'Please mind the rules' };
nim.kickMemberFromChatRoom(target, function (ret, err) {
  console.log(ret ? 'Out' : err.errorMessage);
});
