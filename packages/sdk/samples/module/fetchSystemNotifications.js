// The page of requests: the ten newest, unread ones marked.
var nim = api.require('nim');

nim.fetchSystemNotifications({ limit: 10 }, function (ret, err) {
  if (err) return console.error(err.errorMessage);
  ret.notifications.forEach(function (notice) {
    var mark = notice.read ? '  ' : '* ';
    console.log(`${mark + notice.sourceID}, type ${notice.type}, status ${notice.status}`);
  });
});
