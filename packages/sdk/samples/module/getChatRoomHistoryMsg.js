// Shows what was said in a chat room before the user came.
var nim = api.require("nim");

nim.enterChatRoom({ roomId: "3002" }, () => {
  nim.getChatRoomHistoryMsg({ roomId: "3002", startTime: 0, limit: 20 }, (ret, err) => {
    if (err) return console.error(err.errorMessage);
    ret.message.forEach((item) => {
      if (item.eventType === undefined) console.log(item.from + ": " + item.text);
      else console.log(item.operator + " caused event " + item.eventType);
    });
  });
});
