# Everything that a build needs stays in this stage.
FROM node:20-bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /boardwalk
COPY . .
RUN npm ci && npm run build && npm prune --omit=dev
# What a start runs: built files, the pages, the migrations, and the packages of production. No sources, no tests.
RUN node packaging/collect.mjs /image && node packaging/notices.mjs > /image/THIRD-PARTY-NOTICES.txt

FROM node:20-bookworm-slim
# A number of its own, so that it is nobody on the host; the data is its own alone.
RUN useradd --system --uid 10480 --home-dir /data --shell /usr/sbin/nologin boardwalk \
  && install -d -o boardwalk -g boardwalk -m 0700 /data
WORKDIR /boardwalk
# Owned by root: the station cannot change its own program.
COPY --from=build /image /boardwalk
RUN chmod 755 packaging/boardwalk.mjs && ln -s /boardwalk/packaging/boardwalk.mjs /usr/local/bin/boardwalk
ENV BOARDWALK_DATA=/data NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
USER boardwalk
VOLUME /data
EXPOSE 4800
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "packaging/healthcheck.mjs"]
CMD ["node", "apps/api/dist/main.js"]
