// Takes the red badge away when the page of requests is opened.
var nim = api.require('nim');

nim.markAllNotificationsAsRead(function (ret, err) {
  console.log(ret ? 'All read' : err.errorMessage);
});
