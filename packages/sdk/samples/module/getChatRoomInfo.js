// The head of a chat room: its name, the crowd inside and the live stream.
var nim = api.require('nim');

nim.getChatRoomInfo({ roomId: '3002' }, function (ret, err) {
  if (err) return console.error(err.errorMessage);
  var room = ret.message;
  console.log(`${room.name}, ${room.onLineUserCount} inside`);
  console.log(`${room.announcement} ${room.broadcastUrl}`);
});
