// Shows what was said in a chat room before the user came.
var nim = api.require('nim');

nim.enterChatRoom({ roomId: '3002' }, function () {
  nim.getChatRoomHistoryMsg({ roomId: '3002', startTime: 0, limit: 20 }, function (ret, err) {
    if (err) return console.error(err.errorMessage);
    ret.message.forEach(function (item) {
      if (item.messageType === 0) console.log(`${item.from}: ${item.text}`);
      if (item.messageType === 5) console.log(`${item.operator} caused event ${item.eventType}`);
    });
  });
});
