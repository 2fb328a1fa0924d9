// Stops all downloads when the user leaves the chat.
var nim = api.require('nim');

nim.abortDownloadAttachment(function (ret, err) {
  console.log(ret ? 'Nothing is loading' : err.errorMessage);
});
