// Puts a grey line in the place of a message that was taken back.
var nim = api.require('nim');

nim.onIMRecvRevokeMessageNotification(function (ret) {
  var text = ret.message ? ` "${ret.message.text}"` : '';
  console.log(`${ret.fromUserId} took back a message${text}`);
});
