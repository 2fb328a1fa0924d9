// Puts a grey line in the place of a message that was taken back.
var nim = api.require('nim');

nim.onIMRecvRevokeMessageNotification(function (ret) {
  // Without a message there is nothing to replace: this phone never had it.
  if (ret.message) console.log(`${ret.message.messageId} was taken back by ${ret.fromUserId}`);
});
