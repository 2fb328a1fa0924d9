// Shares a document with a team.
var nim = api.require('nim');

nim.sendFile(
  {
    sessionId: '64430396',
    sessionType: 1,
    filePath: 'fs://papers/minutes.txt',
    displayName: 'Minutes of Monday',
    ext: { version: 2 },
  },
  function (ret, err) {
    if (err) return console.error(err.errorMessage);
    console.log(`${ret.message.displayName}, ${ret.message.fileLength} bytes: ${ret.message.url}`);
  },
);
