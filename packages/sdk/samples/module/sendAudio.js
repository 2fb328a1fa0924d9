// Sends the voice message that was just recorded.
var nim = api.require('nim');

function sendVoice(path) {
  nim.sendAudio({ sessionId: '1002', sessionType: 0, filePath: path, ext: { speed: 1 } }, function (ret, err) {
    if (err) console.error(`Try again: ${err.errorMessage}`);
    else console.log(`Voice message of ${ret.message.duration} ms`);
  });
}

sendVoice('fs://voice/hello.wav');
