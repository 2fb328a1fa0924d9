// Lists the guests of a chat room, then its fixed members.
var nim = api.require('nim');

function list(title, type) {
  nim.getChatRoomMembers({ roomId: '3002', type: type, time: 0, limit: 50 }, function (ret, err) {
    if (err) return console.error(err.errorMessage);
    ret.message.forEach(function (member) {
      console.log(`${title}: ${member.nick || member.userId}`);
    });
  });
}

list('Guest', 1);
list('Member', 0);
