// Notes that the newest request was accepted, so that its buttons disappear.
var nim = api.require('nim');
var ACCEPTED = 1;

nim.fetchSystemNotifications({ limit: 1 }, function (ret, failure) {
  if (failure) return console.error(failure.errorMessage);
  var notice = ret.notifications[0];
  nim.setSystemMessageStatus({ messageId: notice.messageId, messageStatus: ACCEPTED }, function (done, err) {
    console.log(done ? 'Accepted' : err.errorMessage);
  });
});
