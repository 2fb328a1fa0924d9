// Looks up two people of a chat room, to show their cards.
var nim = api.require('nim');

nim.getChatRoomMembersByIds({ roomId: '3002', userIds: ['1002', '1003'] }, function (ret, err) {
  if (err) return console.error(err.errorMessage);
  ret.message.forEach(function (member) {
    console.log(member.nick + (member.isMuted ? ' (muted)' : '') + (member.isOnline ? '' : ' (away)'));
  });
});
