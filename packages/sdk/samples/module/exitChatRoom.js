// Enters a chat room, and leaves it when the page closes.
var nim = api.require('nim');

function pageClosed() {
  nim.exitChatRoom({ roomId: '3002' }, function (ret, err) {
    console.log(ret ? 'Goodbye' : err.errorMessage);
  });
}

nim.enterChatRoom({ roomId: '3002' }, function (ret) {
  if (ret) pageClosed();
});
