#include "local.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

int local_connect(int port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr = {htonl(INADDR_LOOPBACK)}};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof at) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

void local_crowd(int port, struct str bytes, int *fds, int count)
{
	for (int i = 0; i < count; i++) {
		fds[i] = local_connect(port);
		if (fds[i] >= 0)
			send(fds[i], bytes.at, (size_t)bytes.len, MSG_NOSIGNAL);
	}
}

void local_go(const int *fds, int count)
{
	for (int i = 0; i < count; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

bool local_ask(int port, struct str request, struct buf *answer)
{
	char bytes[65536];
	int fd = local_connect(port);
	if (fd < 0)
		return false;
	for (ssize_t sent; request.len > 0; request = str_slice(request, (int)sent, request.len))
		if ((sent = send(fd, request.at, (size_t)request.len, MSG_NOSIGNAL)) <= 0)
			break;
	for (ssize_t len; (len = recv(fd, bytes, sizeof bytes, 0)) > 0;)
		buf_put(answer, bytes, (size_t)len);
	close(fd);
	return true;
}
