// Marks the newest request as read once it is opened.
var nim = api.require('nim');

nim.fetchSystemNotifications({ limit: 1 }, function (ret, failure) {
  if (failure) return console.error(failure.errorMessage);
  nim.setSystemMessageRead({ messageId: ret.notifications[0].messageId }, function (done, err) {
    console.log(done ? 'Read' : err.errorMessage);
  });
});
