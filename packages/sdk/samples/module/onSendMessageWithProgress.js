// Shows a progress bar while a picture is uploaded.
var nim = api.require('nim');

nim.onSendMessageWithProgress(function (ret) {
  console.log(`${ret.messageId}: ${Math.round(ret.progress * 100)} %`);
});

nim.sendImage({ sessionId: '1002', filePath: 'fs://pictures/harbour.png' }, function (ret, err) {
  console.log(ret ? 'Sent' : err.errorMessage);
});
