// The red badge on the page of requests.
var nim = api.require('nim');

nim.allNotificationsUnreadCount(function (ret, err) {
  if (err) console.error(err.errorMessage);
  else console.log(ret.count > 99 ? '99+' : String(ret.count));
});
