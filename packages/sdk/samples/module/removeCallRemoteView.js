// Takes both pictures off the page after a video call.
var nim = api.require('nim');

nim.removeCallRemoteView(function (ret, err) {
  console.log(ret ? 'Pictures gone' : err.errorMessage);
});
