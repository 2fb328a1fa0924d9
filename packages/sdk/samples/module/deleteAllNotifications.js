// Empties the page of requests.
var nim = api.require('nim');

nim.deleteAllNotifications(function (ret, err) {
  console.log(ret ? 'Nothing left' : err.errorMessage);
});
