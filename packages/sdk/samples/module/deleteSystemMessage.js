// Removes the newest request from the list.
var nim = api.require('nim');

nim.fetchSystemNotifications({ limit: 1 }, function (ret, failure) {
  if (failure) return console.error(failure.errorMessage);
  nim.deleteSystemMessage({ messageId: ret.notifications[0].messageId }, function (done, err) {
    console.log(done ? 'Removed' : err.errorMessage);
  });
});
